"""Signing in and out."""

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from krama.access.forms import SignInForm
from krama.access.scoping import set_context
from krama.journal.recording import record


@require_http_methods(["GET", "POST"])
def sign_in(request):
    """Ask for name and password; both outcomes are journaled, and the answer does not tell which was wrong."""
    if request.user.is_authenticated:
        return redirect("home")
    form = SignInForm(request.POST or None)
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if request.method == "POST" and form.is_valid():
        user = authenticate(request, **form.cleaned_data)
        if user is not None:
            set_context(user.pk)
            login(request, user)
            record("session.sign-in", by=user)
            safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
            return HttpResponseRedirect(wanted if safe else "/")
        record("session.sign-in", by=None, outcome="denied")
        form.add_error(None, _("Name and password do not belong together. Check both and try again."))
    context = {
        "form": form,
        "next": wanted,
        "demo_accounts": import_string(settings.DEMO_ACCOUNTS)() if settings.DEMO else (),
    }
    return render(request, "sign_in.html", context, status=422 if form.errors else 200)


@require_POST
def sign_out(request):
    """End the session."""
    if request.user.is_authenticated:
        record("session.sign-out", by=request.user)
    logout(request)
    answer = redirect("sign-in")
    answer["Clear-Site-Data"] = '"cache", "storage"'
    return answer
