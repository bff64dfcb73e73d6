"""The site starts with nothing installed but requirements.txt: what each extra brings is missing, and nothing else."""

import os
import subprocess
import sys

from tests.laws.tree import ROOT

# As where an extra is not installed; then everything that a site loads, its pages and its commands.
BARE = """
import sys
sys.modules |= dict.fromkeys(["mammoth", "pillow_heif", "_pillow_heif", "storages", "boto3", "botocore", "psycopg", "redis"])
import django
django.setup()
from django.core.management import call_command
call_command("check")
from django.urls import get_resolver
get_resolver().url_patterns
print("It starts.")
"""


def test_site_starts_without_any_extra(tmp_path):
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", BARE], cwd=ROOT, capture_output=True, text=True, check=False,
        env={**kept, "VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "newsroom.settings"},
    )  # fmt: skip
    assert "It starts." in done.stdout, done.stderr[-1500:]
