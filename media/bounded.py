"""Starts the bounded process that decodes a picture, waits for it, and reads what it found."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from media import decoding
from media.decoding import refusing
from newsroom import bounded

# A person waits for a picture to be taken: what takes longer is ended. Its processor time is bounded more tightly still
# (`decoding.child`); this is for what waits and does nothing, and for a machine that is very busy.
SECONDS = 10


class NotTaken(Exception):
    """A picture was not taken; the message is a sentence for the person who sent it."""

    @property
    def reason(self) -> str:
        """Return the sentence."""
        return str(self)


class TooBusy(NotTaken):
    """Nothing is known of the picture: the machine had no time to read it."""


class Child(bounded.Child):
    """One picture being decoded in a process of its own, which leaves what it makes in `folder`."""

    def __init__(
        self, mode: str, file: Path, folder: Path, order: Mapping[str, Any], seconds: float | None = None
    ) -> None:
        arguments = [mode, str(file), str(folder), json.dumps(order)]
        self._was_ended = False
        super().__init__(decoding.START, arguments, folder, seconds=SECONDS if seconds is None else seconds)

    def stop(self) -> None:
        """End it, whatever it does."""
        self._was_ended = True
        super().stop()

    def result(self) -> dict[str, Any]:
        """Return what it found, once it has ended. Raises `NotTaken` with what it refused, or that it took too much.

        One that used up its processor time took too much; one that was ended for the time on the clock had too little of
        that to do so, and says `TooBusy`.
        """
        try:
            facts = super().result()
        except bounded.Died as died:
            if self._was_ended:
                raise TooBusy(refusing.TOO_BUSY) from died
            raise NotTaken(refusing.TOO_MUCH) from died
        if "refused" in facts:
            raise NotTaken(str(facts["refused"]))
        return facts
