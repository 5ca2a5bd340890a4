"""A Django project with the calendar of meetings below /sitzungen: SITZUNGEN=my-city uvicorn django_asgi:application.

In a project of your own only the last lines are new: they stand in its asgi.py.
"""

import os

from django.conf import settings
from django.core.asgi import get_asgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path
from starlette.applications import Starlette
from starlette.routing import Mount

from gremienplan import web


def start(_: HttpRequest) -> HttpResponse:
    """Stand for whatever the city's own system does."""
    return HttpResponse("Rathaus")


urlpatterns = [path("", start)]
settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY=os.urandom(32).hex())

django = get_asgi_application()
application = Starlette(
    routes=[Mount("/sitzungen", web.app(os.environ["SITZUNGEN"])), Mount("/", django)],
)
