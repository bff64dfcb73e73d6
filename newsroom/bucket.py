"""Keeps files in an S3 bucket, and waits for no store that is away."""

from typing import Any

from botocore.config import Config
from storages.backends.s3 import S3Storage


class Bucket(S3Storage):
    """One store in a bucket. Only STORAGES names it, so no process that keeps its files in folders loads boto3."""

    def get_default_settings(self) -> dict[str, Any]:
        """Return the library's own, requests signed in the way that every region takes."""
        return {**super().get_default_settings(), "signature_version": "s3v4"}

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        patience = Config(connect_timeout=3, read_timeout=10, retries={"total_max_attempts": 2})
        self.client_config: Config = self.client_config.merge(patience)
