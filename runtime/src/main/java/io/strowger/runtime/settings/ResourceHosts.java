package io.strowger.runtime.settings;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/// The names that this installation has besides the one that a client asks.
public final class ResourceHosts {
    private ResourceHosts() {}

    /// What a signature may name: `auth.allowedResourceHosts`, and the host of `http.publicUrl`
    /// with its port and without.
    public static List<String> of(Settings settings) {
        List<String> hosts = new ArrayList<>(settings.auth().allowedResourceHosts());
        if (!settings.http().publicUrl().isEmpty()) {
            URI url = URI.create(settings.http().publicUrl());
            hosts.add(url.getAuthority());
            hosts.add(url.getHost());
        }
        return hosts;
    }
}
