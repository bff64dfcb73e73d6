"""The counter that Media IDs are minted from."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class MediaIDCounter(models.Model):
    """The last Media ID minted here: one row, only ever raised, so that no number comes twice."""

    last = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(name="one_media_id_counter", condition=Q(id=1))]

    def __str__(self) -> str:
        return str(self.last)
