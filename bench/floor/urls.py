"""Addresses of the floor."""

from django.urls import path

from bench.floor import views

urlpatterns = [path("one/<int:number>/", views.one), path("fifty/", views.fifty), path("group/", views.group)]
