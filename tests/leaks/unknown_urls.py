"""An address that takes something the walk has never heard of."""

from django.http import HttpResponse
from django.urls import path

urlpatterns = [path("paint/<str:colour>/", lambda request, colour: HttpResponse(colour))]
