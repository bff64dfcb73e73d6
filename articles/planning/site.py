"""The addresses of the planning room, hung under the desk's own."""

from django.contrib import admin
from django.urls import URLPattern, path

from articles.planning import budget, finding, front, log, many, month, planning, unsent, versions
from newsroom.letters import answers_letters, answers_questions


def addresses(site: admin.AdminSite) -> list[URLPattern]:
    """Return the room's addresses, each behind the desk's login."""
    seen = site.admin_view
    return [
        path("desk/budget/", seen(budget.budget), name="desk_budget"),
        path("desk/month/", seen(month.this_month), name="desk_month"),
        path("desk/month/<int:year>/<int:month>/", seen(month.month), name="desk_month_of"),
        path("desk/front/", seen(front.front), name="desk_front"),
        path("desk/front/preview/", seen(front.preview), name="desk_front_preview"),
        path("desk/find/", seen(finding.find), name="desk_find"),
        path("desk/arrived/", answers_questions(site, unsent.arrived), name="desk_arrived"),
        path("desk/versions/", seen(versions.versions), name="desk_versions"),
        path("desk/log/", seen(log.log), name="desk_log"),
        path("desk/log.csv", seen(log.as_csv), name="desk_log_csv"),
        path("desk/log.json", seen(log.as_json), name="desk_log_json"),
        path("desk/many/<slug:act_name>/", seen(many.do), name="desk_bulk"),
        path("desk/many/<row:act_id>/done/", seen(many.done), name="desk_bulk_done"),
        path("desk/many/<row:act_id>/undo/", seen(many.undo), name="desk_bulk_undo"),
        path("desk/plan/<row:story_id>/", answers_letters(site, planning.plan), name="desk_plan"),
    ]
