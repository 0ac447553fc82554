"""Addresses. Those of pages exist in every language: in French behind ``/fr/``, in English without a prefix."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, register_converter

from tracker.exports import lists, one
from tracker.views import (
    actor_list,
    actors,
    api_docs,
    calendar,
    citing,
    citing_record,
    data,
    embeds,
    errors,
    feeds,
    files,
    forums,
    icon,
    languages,
    machines,
    milestones,
    oembed,
    overview,
    pictures,
    recommendation_list,
    recommendations,
    reports,
    roundtables,
    styleguide,
    themes,
    updates,
    words,
)


class YearConverter:
    """A year in four digits."""

    regex = "[0-9]{4}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:04}"


register_converter(YearConverter, "year")

pages = [
    path("", overview.overview, name="overview"),
    path("picture.png", pictures.overview, name="overview_picture"),
    path("forums/", forums.forums, name="forums"),
    path("forums/<year:year>/", forums.forum, name="forum"),
    path("forums/<year:year>/picture.png", pictures.forum, name="forum_picture"),
    path("forums/<year:year>/roundtables/<str:code>/", roundtables.roundtable, name="roundtable"),
    path("forums/<year:year>/roundtables/<str:code>/picture.png", pictures.roundtable, name="roundtable_picture"),
    path("recommendations/", recommendation_list.recommendations, name="recommendations"),
    path("recommendations.<str:form>", lists.recommendations, name="recommendations_file"),
    path("recommendations/<str:reference>/", recommendations.recommendation, name="recommendation"),
    path("recommendations/<str:reference>.<str:form>", one.recommendation, name="recommendation_file"),
    path("recommendations/<str:reference>/picture.png", pictures.recommendation, name="recommendation_picture"),
    path("recommendations/<str:reference>/cite.bib", citing.bibtex, name="cite_bibtex"),
    path("recommendations/<str:reference>/cite.ris", citing.ris, name="cite_ris"),
    path("recommendations/<str:reference>/cite.json", citing.csl, name="cite_csl"),
    path("cite.bib", citing_record.bibtex, name="cite_record_bibtex"),
    path("cite.ris", citing_record.ris, name="cite_record_ris"),
    path("cite.json", citing_record.csl, name="cite_record_csl"),
    path("entries/<str:reference>/", recommendations.entry, name="entry"),
    path("actors/", actor_list.actors, name="actors"),
    path("actors.<str:form>", lists.actors, name="actors_file"),
    path("actors/<str:slug>/", actors.actor, name="actor"),
    path("actors/<str:slug>/picture.png", pictures.actor, name="actor_picture"),
    path("themes/<str:slug>/", themes.theme, name="theme"),
    path("themes/<str:slug>/picture.png", pictures.theme, name="theme_picture"),
    path("milestones/<str:slug>/", milestones.milestone, name="milestone"),
    path("milestones/<str:slug>/picture.png", pictures.milestone, name="milestone_picture"),
    path("updates/", updates.updates, name="updates"),
    path("updates.<str:form>", lists.updates, name="updates_file"),
    path("feeds/updates.atom", feeds.updates, name="updates_feed"),
    path("feeds/recommendations.atom", feeds.recommendations, name="recommendations_feed"),
    path("feeds/recommendations/<str:reference>.atom", feeds.recommendation, name="recommendation_feed"),
    path("feeds/forums/<year:year>.atom", feeds.forum, name="forum_feed"),
    path("feeds/forums/<year:year>/roundtables/<str:code>.atom", feeds.roundtable, name="roundtable_feed"),
    path("feeds/actors/<str:slug>.atom", feeds.actor, name="actor_feed"),
    path("feeds/themes/<str:slug>.atom", feeds.theme, name="theme_feed"),
    path("report/", reports.report, name="report"),
    path("report.pdf", reports.pdf, name="report_pdf"),
    path("calendar.ics", calendar.calendar, name="calendar"),
    path("embed/roundtable/<year:year>-<str:code>/", embeds.roundtable, name="roundtable_embed"),
    path("embed/roundtable/<year:year>-<str:code>.svg", embeds.roundtable_drawing, name="roundtable_drawing"),
    path("about/", words.about, name="about"),
    path("methodology/", words.methodology, name="methodology"),
    path("accessibility/", words.accessibility, name="accessibility"),
    path("data/", data.data, name="data"),
    path("api/v1/docs/", api_docs.api_docs, name="api_docs"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
]
urlpatterns = [
    *i18n_patterns(*pages, prefix_default_language=False),
    path("en/<path:rest>", languages.without_prefix, name="without_prefix"),
    path("en/", languages.without_prefix, {"rest": ""}),
    path("favicon.ico", icon.icon, name="icon"),
    path("data/heads.txt", data.head_list, name="heads"),
    *(path(f"data/{name}", data.document, {"name": name}, name=name) for name in data.DOCUMENTS),
    path("data/<str:name>", data.dump, name="dump"),
    path("api/v1/", include("tracker.api.urls")),
    path("oembed", oembed.oembed, name="oembed"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", machines.sitemap_section, name="sitemap_section"),
    path("files/evidence/<int:pk>/", files.evidence, name="evidence_file"),
    path("admin/", admin.site.urls),
]

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.page_not_found
handler500 = errors.server_error
