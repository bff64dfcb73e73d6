"""How a request tells the layers around it that the database did not answer."""

from django.db.utils import InterfaceError, OperationalError

AWAY = (OperationalError, InterfaceError)
# Stands in the environment of a request on whose way to an answer that happened.
NO_DATABASE = "newsroom.no_database"
