package io.strowger.worker.core.route;

import java.util.List;

/// A user's phone, where it differs from a trunk: the INVITE names its contact and goes the way its
/// REGISTER came.
///
/// @param requestUri the contact as the phone gave it
/// @param to value of To: the user's address, whatever phone it is
/// @param routes of requests to it
public record Callee(String requestUri, String to, List<String> routes) {
    public Callee {
        routes = List.copyOf(routes);
    }
}
