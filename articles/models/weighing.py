"""What weighs a story on its day, as an index can hold it: whether it is whole, and whether it has a picture.

Each stands in the index and in the queries letter by letter, its values written out: a database that is given a value
beside the statement does not see that it is what the index holds.
"""

from django.db.models import BooleanField, F, Func

# More than known by a teaser (`Completeness.TEASER`).
IS_WHOLE = Func(F("completeness"), template="(%(expressions)s <> 'teaser')", output_field=BooleanField())
# A story's pictures are text of its edition, which nothing changes.
IS_PICTURED = Func(F("pictures"), template="(%(expressions)s <> '[]')", output_field=BooleanField())
# Of all of them; said so that nobody but who asks by weight is answered from that index, which is wider than that of days.
IS_WEIGHED = Func(F("completeness"), template="(%(expressions)s <> '')", output_field=BooleanField())
