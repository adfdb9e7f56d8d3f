package io.strowger.gateway.core.preview;

import io.strowger.contracts.call.RequestedEvent;
import io.strowger.gateway.core.api.Fields;
import io.strowger.gateway.core.api.Refusal;
import java.util.EnumSet;
import java.util.Set;

/// What a new connection of the 2021 line wants to have and to hear of.
final class RequestedFeatures {
    private RequestedFeatures() {}

    static void refuseVideo(Fields body) throws Refusal {
        for (String type : body.texts("requestedMediaTypes")) {
            switch (type) {
                case "audio" -> {
                    // What every call has.
                }
                case "video" -> throw Refusal.unsupported("requestedMediaTypes video");
                default -> throw body.invalid("requestedMediaTypes", "must name audio or video");
            }
        }
    }

    static Set<RequestedEvent> events(Fields body) throws Refusal {
        Set<RequestedEvent> events = EnumSet.noneOf(RequestedEvent.class);
        for (String name : body.texts("requestedCallEvents")) {
            events.add(
                    switch (name) {
                        case "participantsUpdated" -> RequestedEvent.PARTICIPANTS_UPDATED;
                        case "dtmfReceived" -> RequestedEvent.DTMF_RECEIVED;
                        default ->
                                throw body.invalid(
                                        "requestedCallEvents",
                                        "must name participantsUpdated or dtmfReceived");
                    });
        }
        return events;
    }
}
