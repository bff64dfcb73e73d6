"""What a browser reads in our style sheets is the same as they are written and as they are sent."""

from pathlib import Path

from django.conf import settings

from newsroom import lean

OURS = sorted(Path(settings.BASE_DIR, "static/css").glob("*.css"))
READ = """text => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  // What stands beside a var() is kept as it was written.
  return [...sheet.cssRules].map(rule => rule.cssText.replaceAll(", ", ",").replaceAll(/\\b0\\./g, "."));
}"""


def test_browser_reads_the_same_rules_in_every_sheet_as_sent(browser):
    page = browser.new_page()
    assert OURS
    for file in OURS:
        written = file.read_text()
        sent = lean.sheet(written)
        assert len(sent) < len(written), file.name
        assert page.evaluate(READ, sent) == page.evaluate(READ, written), file.name
    page.close()
