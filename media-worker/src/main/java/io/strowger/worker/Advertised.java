package io.strowger.worker;

import io.strowger.runtime.settings.Settings;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.Collections;

/// What peers are told to send to.
final class Advertised {
    private Advertised() {}

    /// The set host; else the bound one; else this machine's first address that others can reach.
    static String host(Settings.Sip sip) throws IOException {
        if (!sip.advertisedHost().isEmpty()) {
            return sip.advertisedHost();
        }
        if (!InetAddress.getByName(sip.host()).isAnyLocalAddress()) {
            return sip.host();
        }
        for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            if (network.isUp() && !network.isLoopback()) {
                for (InetAddress address : Collections.list(network.getInetAddresses())) {
                    if (address instanceof Inet4Address) {
                        return address.getHostAddress();
                    }
                }
            }
        }
        return InetAddress.getLoopbackAddress().getHostAddress();
    }
}
