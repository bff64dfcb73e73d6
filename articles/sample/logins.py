"""One login for each role, to try the desk out: the passphrase is this installation's own, kept where its owner reads it."""

import os
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, User

from articles.models import Desk
from articles.sample.people import CAST, Person

_WORDS = (Path(__file__).parent / "lists" / "passphrase.txt").read_text(encoding="utf-8").split()


def file() -> Path:
    """Return where the logins are written down."""
    return Path(settings.VAR_DIR) / "demo-logins.txt"


def make_cast() -> dict[str, User]:
    """Return the sample's people, made with one passphrase where they are new; others' accounts are left alone."""
    passphrase = _passphrase()
    # Hashing takes half a second on purpose; once is enough for one passphrase.
    hashed = make_password(passphrase)
    cast, made = {}, []
    for person in CAST:
        user, is_new = User.objects.get_or_create(
            username=person.login,
            defaults={
                "first_name": person.first_name, "last_name": person.last_name,
                "is_staff": person.login != "reader",
            },
        )  # fmt: skip
        if is_new:
            user.password = hashed
            user.save(update_fields=["password"])
            user.groups.add(Group.objects.get(name=person.role))
            for desk in Desk.objects.filter(name__in=person.desks):
                desk.members.add(user)
            made.append(person)
        cast[person.login] = user
    if made:
        _write(made, passphrase)
    return cast


def lines() -> list[str]:
    """Return what to print about the logins: who, with which passphrase, and that they are for trying out."""
    if not file().exists():
        return [
            f"The logins of the sample were written to {file()}, which is gone.",
            "Set a new password with `manage.py changepassword reporter` (or editor, chief, pictures, reader).",
        ]
    return file().read_text(encoding="utf-8").splitlines()


def _passphrase() -> str:
    if file().exists():
        for line in lines():
            if line.strip().startswith("passphrase"):
                return line.split()[-1]
    return "-".join(secrets.choice(_WORDS) for _ in range(4)) + f"-{secrets.randbelow(9000) + 1000}"


def _write(made: list[Person], passphrase: str) -> None:
    told = [
        f"  To try the desk out, at {settings.SITE_URL}{settings.DESK_PATH}:",
        *(f"    {person.login:<10} {person.role}: {person.first_name} {person.last_name}" for person in made),
        f"    passphrase {passphrase}",
        "  These are for trying out on this machine. Before others can reach it, delete these people",
        f"  or give them passwords of their own. Written down in {file()}.",
    ]
    with open(file(), "w", encoding="utf-8", opener=_for_its_owner_alone) as kept:
        kept.write("\n".join(told) + "\n")


def _for_its_owner_alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
