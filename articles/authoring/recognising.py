"""Recognises who is asking: the account behind a session and its roles, in one query, anew at every request."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User

from articles import roles


class Accounts(ModelBackend):
    """Django's own accounts and passwords; whoever is recognised comes with the roles held at this moment.

    Nothing is remembered from one request to the next, so a role that was taken away is gone with the next click.
    """

    def get_user(self, user_id: Any) -> User | None:
        """Return the account of a session with its roles, None where there is none or it was switched off."""
        user = roles.account(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None
