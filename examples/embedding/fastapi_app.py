"""A FastAPI app with the calendar of meetings below /sitzungen: SITZUNGEN=my-city uvicorn fastapi_app:app."""

import os

from fastapi import FastAPI

from gremienplan import web

app = FastAPI()
app.mount("/sitzungen", web.app(os.environ["SITZUNGEN"]))


@app.get("/api/status")
def status() -> dict[str, str]:
    """Stand for whatever the city's own system does."""
    return {"status": "ok"}
