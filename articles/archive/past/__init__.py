"""The paper as it stood: any reader's page at any moment, under `/at/`, and what RFC 7089 (Memento) says about it."""
