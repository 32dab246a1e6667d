"""The addresses of every record type."""

from django.urls import path

from krama.records import pages

app_name = "records"
urlpatterns = [
    path("<slug:slug>/", pages.list_page, name="list"),
    path("<slug:slug>/add/", pages.add_page, name="add"),
    path("<slug:slug>/for-many/", pages.many_page, name="many"),
    path("<slug:slug>/export.<slug:kind>", pages.export_page, name="export"),
    path("<slug:slug>/<str:pk>/", pages.detail_page, name="detail"),
    path("<slug:slug>/<str:pk>/change/", pages.change_page, name="change"),
    path("<slug:slug>/<str:pk>/do/<slug:verb>/", pages.transition_page, name="transition"),
]
