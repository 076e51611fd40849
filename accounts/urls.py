from django.urls import path, re_path

from accounts.views import components, invitations, profile, sessions, tokens

urlpatterns = [
    path("components/pages/", components.components),
    path("settings/", profile.profile, name="profile"),
    path("settings/avatar/", profile.avatar, name="avatar"),
    path("settings/avatar/remove/", profile.avatar_remove, name="avatar_remove"),
    path("settings/sessions/", sessions.sessions, name="sessions"),
    path("settings/sessions/end/", sessions.sessions_end, name="sessions_end"),
    path("settings/sessions/<str:name>/end/", sessions.session_end, name="session_end"),
    path("settings/tokens/", tokens.tokens, name="tokens"),
    path("settings/tokens/<int:token_id>/revoke/", tokens.token_revoke, name="token_revoke"),
    path("settings/invitations/", invitations.invitations, name="invitations"),
    path(
        "settings/invitations/<int:invitation_id>/revoke/",
        invitations.invitation_revoke,
        name="invitation_revoke",
    ),
    path("invitation/<str:code>/", invitations.invitation, name="invitation"),
    re_path(r"^media/avatars/(?P<name>[0-9a-f]{32}\.webp)$", profile.picture),
]
