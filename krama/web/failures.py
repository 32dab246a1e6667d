"""Pages for when something fails, and a reporter that tells codes and places but no values."""

import logging

from django.shortcuts import render
from django.views.debug import SafeExceptionReporterFilter

log = logging.getLogger("krama.failures")


def csrf_failure(request, reason=""):
    """Answer a form that came without its token: say so, and how to send it again."""
    return render(request, "403_csrf.html", status=403)


class QuietFilter(SafeExceptionReporterFilter):
    """Hides every value, not only those with a suspicious name."""

    def is_active(self, request):
        return True

    def get_post_parameters(self, request):
        return dict.fromkeys(request.POST, self.cleansed_substitute) if request else {}

    def get_traceback_frame_variables(self, request, tb_frame):
        return [(name, self.cleansed_substitute) for name in tb_frame.f_locals]


class QuietReporter:
    """Gives the kind of exception and where it arose; never its text, which may quote a value."""

    def __init__(self, request, exc_type, exc_value, tb, is_email=False):
        self.request, self.exc_type, self.tb = request, exc_type, tb

    def get_traceback_html(self):
        return self.get_traceback_text()

    def get_traceback_text(self):
        places = []
        tb = self.tb
        while tb is not None:
            places.append(f"{tb.tb_frame.f_code.co_filename}:{tb.tb_lineno} {tb.tb_frame.f_code.co_name}")
            tb = tb.tb_next
        return "\n".join([self.exc_type.__name__ if self.exc_type else "Error", *places])


def forbidden(request, exception=None):
    """Say what the policy said, in the reader's language."""
    return render(request, "403.html", {"reason": str(exception or "")}, status=403)
