"""The process that decodes a picture holds nothing of the site, and says what a picture is."""

import json
import subprocess
import sys

from media import decoding
from tests.media import drawn


def test_nothing_of_the_site_is_loaded_where_a_stranger_s_file_is_decoded(tmp_path):
    (tmp_path / "original").write_bytes(drawn.file().getvalue())
    spy = "; import json; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-I", "-c", decoding.START + spy, decoding.ROOT, "take", tmp_path / "original", tmp_path],
        capture_output=True, env={}, check=True,
    )  # fmt: skip
    loaded = json.loads(done.stdout)
    ours = {name for name in loaded if name.split(".")[0] in {"media", "articles", "newsroom", "django"}}
    assert ours >= {"media", "media.decoding", "media.decoding.child"}
    assert all(
        name in {"media", "newsroom", "newsroom.bounds"}
        or name.startswith(("media.decoding", "media.geometry", "media.likeness"))
        for name in ours
    )
    assert "sqlite3" not in loaded
    assert json.loads((tmp_path / "result.json").read_text())["width"] == 900
