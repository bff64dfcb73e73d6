"""The addresses of the search."""

from django.urls import URLPattern, path

from articles.search import explaining, offering, results

urlpatterns: list[URLPattern] = [
    path("search/", results.search, name="search"),
    path("search/how/", explaining.how, name="search_how"),
    path("search/suggest.json", offering.suggestions, name="search_suggest"),
    path("search/opensearch.json", offering.for_browsers, name="search_browser"),
    path("opensearch.xml", offering.described, name="opensearch"),
]
