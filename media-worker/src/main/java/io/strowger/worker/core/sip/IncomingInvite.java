package io.strowger.worker.core.sip;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An INVITE outside a dialog: somebody calls in.
///
/// @param request what any request has; exchange 0 until a transaction is made for it, no To tag
/// @param requestUri who is called
/// @param from value of From with its tag
/// @param to value of To
/// @param asserted values of P-Asserted-Identity (RFC 3325)
/// @param isPrivate Privacy asks that the caller is not told (RFC 3323)
/// @param recordRoutes values of Record-Route, top first
/// @param transport `udp`, `tcp` or `tls`
/// @param branch of the topmost Via
/// @param authorization value of Authorization, else of Proxy-Authorization; null: none
/// @param applicationHeaders `User-To-User` and `X-...`, by name
/// @param foreignBody whether there is a body that is not application/sdp
public record IncomingInvite(
        IncomingRequest request,
        String requestUri,
        String from,
        String to,
        List<String> asserted,
        boolean isPrivate,
        List<String> recordRoutes,
        String transport,
        String branch,
        @Nullable String authorization,
        Map<String, String> applicationHeaders,
        boolean foreignBody) {
    public IncomingInvite {
        asserted = List.copyOf(asserted);
        recordRoutes = List.copyOf(recordRoutes);
        applicationHeaders = Map.copyOf(applicationHeaders);
    }

    /// The same INVITE, once its server transaction has a name.
    public IncomingInvite at(long exchange) {
        return new IncomingInvite(
                request.at(exchange),
                requestUri,
                from,
                to,
                asserted,
                isPrivate,
                recordRoutes,
                transport,
                branch,
                authorization,
                applicationHeaders,
                foreignBody);
    }

    /// The same INVITE from a caller whose own word does not say where it is: requests to it go
    /// this way first.
    ///
    /// @param route of [NextHop]
    public IncomingInvite reachedBy(String route) {
        List<String> routes = new ArrayList<>(recordRoutes);
        routes.addFirst(route);
        return new IncomingInvite(
                request,
                requestUri,
                from,
                to,
                asserted,
                isPrivate,
                routes,
                transport,
                branch,
                authorization,
                applicationHeaders,
                foreignBody);
    }

    /// Whether `other` is this one, sent once more (RFC 3261 17.2.3); else the two came over
    /// different ways (8.2.2.2).
    public boolean isCopy(IncomingInvite other) {
        return branch.equals(other.branch) && request.cseq() == other.request.cseq();
    }
}
