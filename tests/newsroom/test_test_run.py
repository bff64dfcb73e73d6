"""The test run itself is strict: no network but loopback, warnings are errors, templates print nothing absent."""

import socket
import warnings

import pytest
from django.conf import settings
from django.template import engines
from pytest_socket import SocketConnectBlockedError


def test_nothing_but_loopback_is_reached():
    with pytest.raises((SocketConnectBlockedError, UserWarning)), socket.socket() as outside:
        outside.connect(("192.0.2.1", 80))
    with socket.socket() as listening, socket.socket() as asking:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        asking.connect(listening.getsockname())


def test_warnings_are_errors():
    with pytest.raises(DeprecationWarning):
        warnings.warn("old", DeprecationWarning, stacklevel=1)


@pytest.mark.parametrize("source", ["{{ nothing }}", "{{ story.nothing }}", "{{ nothing|upper }}"])
def test_template_that_prints_what_does_not_exist_fails(source):
    with pytest.raises(AssertionError, match="there is no such thing"):
        engines["django"].from_string(source).render({"story": object()})


def test_template_may_ask_whether_something_exists():
    source = "{% if nothing %}x{% endif %}{{ there|default:'y' }}{% firstof nothing 'z' %}"
    assert engines["django"].from_string(source).render({"there": ""}) == "yz"


def test_run_writes_to_a_folder_of_its_own():
    assert settings.VAR_DIR.name.startswith("newsroom-tests-")
    assert settings.DEBUG is False
