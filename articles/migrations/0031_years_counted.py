"""What stands on a shelf is counted by year, too: what a list says of itself is read from some twenty rows, not from hundreds."""

from django.db import migrations

FORGET = "DELETE FROM articles_shelfcount WHERE period BETWEEN 1000 AND 9999"
COUNT = """
INSERT INTO articles_shelfcount (kind, shelf, period, stories)
SELECT kind, shelf, period / 100, sum(stories) FROM articles_shelfcount
WHERE period BETWEEN 100000 AND 999999 GROUP BY kind, shelf, period / 100
"""


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0030_lexemes_in_their_index"),
    ]

    # Who comes from before 0020 has them counted there already.
    operations = [migrations.RunSQL([FORGET, COUNT], [FORGET])]
