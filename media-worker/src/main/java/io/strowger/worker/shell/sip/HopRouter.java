package io.strowger.worker.shell.sip;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.stack.DefaultRouter;
import javax.sip.SipException;
import javax.sip.SipStack;
import javax.sip.address.Hop;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;

/// Sends requests to phones where the phones are: a request that carries a hop as its application
/// data goes there, the others go as RFC 3261 8.1.2 says. Made by the library, by name.
public final class HopRouter extends DefaultRouter {
    public HopRouter(SipStack stack, @Nullable String defaultRoute) {
        super(stack, defaultRoute);
    }

    @Override
    public Hop getNextHop(Request request) throws SipException {
        return request instanceof SIPMessage message
                        && message.getApplicationData() instanceof Hop hop
                ? hop
                : super.getNextHop(request);
    }
}
