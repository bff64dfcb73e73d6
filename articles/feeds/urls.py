"""The addresses for machines: data and feeds beside every list, sitemaps, and the files crawlers ask for first."""

from django.urls import URLPattern, re_path

from articles.feeds import (
    citations,
    crawlers,
    indexes,
    oembed,
    pages_as_json,
    pictures,
    record,
    searches,
    sitemaps,
    stance,
    syndicated,
)

STORY = r"^story/(?P<story_id>[1-9][0-9]{7})"
SHELVES = {
    "section": (pages_as_json.section, syndicated.section),
    "tag": (pages_as_json.tag, syndicated.tag),
    "by": (pages_as_json.contributor, syndicated.contributor),
}
EDITIONS = rf"{STORY}/(?P<slug>[^/]+)/editions"
NUMBER = r"[1-9][0-9]{0,5}"
RECORD_DAY = r"^record/(?P<year>[12][0-9]{3})/(?P<month>[0-9]{2})/(?P<day>[0-9]{2})"
FEED = r"(?P<form>rss\.xml|atom\.xml|feed\.json|rss-summary\.xml|atom-summary\.xml|feed-summary\.json)$"
CITED = r"\.(?P<cited_as>bib|ris|csl\.json)$"
YEAR, MONTH, DAY = r"^(?P<year>[0-9]{4})", r"/(?P<month>[0-9]{2})", r"/(?P<day>[0-9]{2})"


def _shelves() -> list[URLPattern]:
    found = []
    for kind, (as_json, as_feed) in SHELVES.items():
        found.append(re_path(rf"^{kind}/(?P<slug>[^/]+)/{FEED}", as_feed, name=f"{kind}_feed"))
        found.append(re_path(rf"^{kind}/(?P<slug>[^/]+)\.json$", as_json, name=f"{kind}_json"))
    return found


urlpatterns = [
    # Before the story's own data: “.csl.json” ends in “.json” too.
    re_path(rf"{STORY}{CITED}", citations.story, name="story_cited_by_number"),
    re_path(rf"{STORY}/(?P<slug>[^/]+?){CITED}", citations.story, name="story_cited"),
    re_path(
        rf"{STORY}/(?P<slug>[^/]+)/editions/(?P<number>[1-9][0-9]{{0,5}}){CITED}",
        citations.edition,
        name="edition_cited",
    ),
    re_path(rf"{STORY}\.json$", pages_as_json.story, name="story_json_by_number"),
    re_path(rf"{STORY}/(?P<slug>[^/]+)\.json$", pages_as_json.story, name="story_json"),
    re_path(rf"{STORY}/(?P<slug>[^/]+)/editions\.json$", pages_as_json.editions, name="editions_json"),
    re_path(
        rf"{STORY}/(?P<slug>[^/]+)/editions/(?P<number>[1-9][0-9]{{0,5}})\.json$",
        pages_as_json.one_edition,
        name="edition_json",
    ),
    re_path(rf"{EDITIONS}/(?P<number>{NUMBER})/record\.json$", record.edition_record, name="edition_record"),
    re_path(
        rf"{EDITIONS}/(?P<first>{NUMBER})/(?P<second>{NUMBER})\.json$", record.between, name="redline_json"
    ),
    re_path(r"^record\.json$", record.record, name="record_json"),
    re_path(rf"{RECORD_DAY}\.json$", record.day, name="record_day_json"),
    re_path(rf"{RECORD_DAY}/(?P<part>[1-9][0-9]{{0,3}})\.txt$", record.text, name="record_text"),
    re_path(r"^gaps\.json$", record.gaps, name="gaps_json"),
    re_path(r"^index\.json$", pages_as_json.front, name="front_json"),
    *_shelves(),
    re_path(r"^sections\.json$", indexes.sections, name="sections_json"),
    re_path(r"^tags\.json$", indexes.tags, name="tags_json"),
    re_path(r"^tags/(?P<letter>[^/]+)\.json$", indexes.tags, name="tags_of_a_letter_json"),
    re_path(r"^by\.json$", indexes.people, name="people_json"),
    re_path(r"^archive\.json$", indexes.archive, name="archive_json"),
    re_path(r"^(?P<year>[0-9]{4})\.json$", pages_as_json.period, name="year_json"),
    re_path(r"^(?P<year>[0-9]{4})/(?P<month>[0-9]{2})\.json$", pages_as_json.period, name="month_json"),
    re_path(
        r"^(?P<year>[0-9]{4})/(?P<month>[0-9]{2})/(?P<day>[0-9]{2})\.json$",
        pages_as_json.period,
        name="day_json",
    ),
    re_path(r"^on-this-day\.json$", pages_as_json.this_day, name="this_day_json"),
    re_path(rf"^on-this-day{MONTH}{DAY}\.json$", pages_as_json.this_day, name="on_this_day_json"),
    re_path(r"^tag/(?P<slug>[^/]+)/timeline\.json$", pages_as_json.timeline, name="timeline_json"),
    re_path(r"^undated\.json$", pages_as_json.undated, name="undated_json"),
    re_path(r"^corrections\.json$", pages_as_json.corrections, name="corrections_json"),
    re_path(r"^media/(?P<media_id>[0-9]{4,12})\.json$", pictures.picture, name="picture_json"),
    re_path(
        rf"^media/(?P<media_id>[0-9]{{4,12}}){CITED}",
        pictures.citation,
        name="picture_cited",
    ),
    re_path(
        r"^by/(?P<slug>[^/]+)/pictures\.json$", pictures.of_contributor, name="contributor_pictures_json"
    ),
    re_path(r"^oembed$", oembed.oembed, name="oembed"),
    re_path(rf"^by/(?P<slug>[^/]+)/pictures/{FEED}", syndicated.pictures, name="contributor_pictures_feed"),
    re_path(rf"^on-this-day/{FEED}", syndicated.this_day, name="this_day_feed"),
    re_path(rf"^on-this-day{MONTH}{DAY}/{FEED}", syndicated.this_day, name="on_this_day_feed"),
    re_path(rf"^tag/(?P<slug>[^/]+)/timeline/{FEED}", syndicated.timeline, name="timeline_feed"),
    re_path(rf"^undated/{FEED}", syndicated.undated, name="undated_feed"),
    re_path(rf"{YEAR}/{FEED}", syndicated.period, name="year_feed"),
    re_path(rf"{YEAR}{MONTH}/{FEED}", syndicated.period, name="month_feed"),
    re_path(rf"{YEAR}{MONTH}{DAY}/{FEED}", syndicated.period, name="day_feed"),
    re_path(rf"^corrections/{FEED}", syndicated.corrections, name="corrections_feed"),
    re_path(r"^search\.json$", searches.as_json, name="search_json"),
    re_path(rf"^search/{FEED}", searches.feed, name="search_feed"),
    re_path(rf"^{FEED}", syndicated.front, name="front_feed"),
    re_path(r"^sitemap\.xml$", sitemaps.index, name="sitemap"),
    re_path(
        r"^sitemap-(?P<year>[0-9]{4})-(?P<month>[0-9]{2})(?:-(?P<part>[1-9][0-9]{0,3}))?\.xml$",
        sitemaps.month,
        name="sitemap_month",
    ),
    re_path(
        r"^sitemap-undated(?:-(?P<part>[1-9][0-9]{0,3}))?\.xml$", sitemaps.undated, name="sitemap_undated"
    ),
    re_path(r"^sitemap-shelves\.xml$", sitemaps.shelves, name="sitemap_shelves"),
    *(
        re_path(
            rf"^sitemap-{kind}(?:-(?P<part>[1-9][0-9]{{0,3}}))?\.xml$",
            sitemaps.names,
            {"kind": kind},
            f"sitemap_{kind}",
        )
        for kind in sitemaps.NAMES
    ),
    re_path(r"^news-sitemap\.xml$", sitemaps.news, name="news_sitemap"),
    re_path(r"^license\.xml$", stance.licence, name="licence"),
    re_path(r"^\.well-known/tdmrep\.json$", stance.reservation, name="reservation"),
    re_path(r"^robots\.txt$", crawlers.robots, name="robots"),
    re_path(r"^\.well-known/security\.txt$", crawlers.security, name="security_txt"),
]
