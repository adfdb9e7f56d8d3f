package io.strowger.sdk.driver;

import com.azure.communication.callautomation.CallAutomationAsyncClient;
import com.azure.communication.callautomation.CallAutomationClient;
import com.azure.communication.callautomation.CallConnection;
import com.azure.communication.callautomation.models.CallInvite;
import com.azure.communication.callautomation.models.FileSource;
import com.azure.communication.callautomation.models.PlaySource;
import com.azure.communication.callautomation.models.events.CallConnected;
import com.azure.communication.common.CommunicationUserIdentifier;
import com.azure.communication.common.PhoneNumberIdentifier;

/// What every story needs.
record Stage(
        String connectionString,
        CallAutomationClient client,
        CallAutomationAsyncClient asyncClient,
        People people,
        Application application,
        Report report) {
    PhoneNumberIdentifier source() {
        return new PhoneNumberIdentifier(people.roster().path("source").asText());
    }

    PhoneNumberIdentifier phone(String name) {
        return new PhoneNumberIdentifier(people.roster().path(name).path("number").asText());
    }

    CommunicationUserIdentifier bob() {
        return new CommunicationUserIdentifier(people.roster().path("bob").path("user").asText());
    }

    CallInvite invite(String name) {
        return new CallInvite(phone(name), source());
    }

    PlaySource tone(int hz, int ms) {
        return new FileSource().setUrl(people.tone(hz, ms));
    }

    /// A call to somebody who answered it.
    CallConnection call(String name, Mailbox events) {
        CallConnection call = client.createCall(invite(name), events.url()).getCallConnection();
        events.takes(CallConnected.class);
        return call;
    }
}
