package dev.websentry.server.dashboard;

import dev.websentry.server.token.SingleUseToken;

/** A row of the list of open invitations. */
record InvitationListItem(String email, String plan, DisplayTime expires) {
    static InvitationListItem of(SingleUseToken invitation) {
        return new InvitationListItem(invitation.email(), invitation.details(), DisplayTime.of(invitation.expiresAt()));
    }
}
