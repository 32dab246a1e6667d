"""All addresses."""

from django.urls import include, path
from django.views.i18n import set_language

from krama.access import views as access
from krama.casework.views import acts, case, screening
from krama.config.health import healthz
from krama.config.home import find, home
from krama.records.rest import build, description_of
from krama.repatriation import views as repatriation
from krama.shelter import views as shelter

api = build()
urlpatterns = [
    path("", home, name="home"),
    path("find/", find, name="find"),
    path("healthz", healthz, name="healthz"),
    path("sign-in/", access.sign_in, name="sign-in"),
    path("sign-out/", access.sign_out, name="sign_out"),
    path("language/", set_language, name="set_language"),
    path("cases/<str:code>/", case.case_page, name="case"),
    path("cases/<str:code>/names/", acts.names, name="case-names"),
    path("cases/<str:code>/team/", acts.team, name="case-team"),
    path("cases/<str:code>/share/", acts.share, name="case-share"),
    path("cases/<str:code>/photo/", acts.photo, name="case-photo"),
    path("documents/<uuid:pk>/", acts.document, name="document"),
    path("cases/<str:code>/identity/", acts.identity, name="case-identity"),
    path("cases/<str:code>/screening/", screening.screening_start, name="screening-start"),
    path("screenings/<uuid:pk>/", screening.screening, name="screening"),
    path("screenings/<uuid:pk>/<slug:part>/", screening.screening_part, name="screening-part"),
    path("arrivals/<str:code>/", repatriation.board, name="arrival"),
    path("arrivals/<str:code>/names/", repatriation.names, name="arrival-names"),
    path("arrivals/<str:code>/act/", repatriation.act, name="arrival-act"),
    path("arrivals/<str:code>/list/", repatriation.printable, name="arrival-print"),
    path("arrivals/<str:code>/register/", repatriation.quick_registration, name="arrival-register"),
    path("arrivals/<str:code>/manifest/", repatriation.upload, name="arrival-upload"),
    path("manifests/<uuid:pk>/", repatriation.manifest, name="manifest"),
    path("manifests/<uuid:pk>/rows/", repatriation.manifest_rows, name="manifest-rows"),
    path("manifests/<uuid:pk>/original/", repatriation.manifest_original, name="manifest-original"),
    path("beds/", shelter.site, name="shelter-site"),
    path("beds/give/", shelter.give, name="shelter-beds"),
    path("api/v1/openapi.json", description_of(api), name="openapi"),
    path("api/v1/", api.urls),
    path("records/", include("krama.records.urls")),
]
handler403 = "krama.web.failures.forbidden"
