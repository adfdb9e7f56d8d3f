package io.strowger.gateway.core.auth;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a client may have signed as the host. SDKs differ: some sign `host:port`, some the bare
/// host, some the endpoint's host while they speak to another.
public final class HostNames {
    private final Set<String> known;

    /// @param known hosts of this installation, with or without a port
    public HostNames(List<String> known) {
        Set<String> names = new LinkedHashSet<>();
        known.forEach(name -> {
            names.add(name.toLowerCase(Locale.ROOT));
            names.add(withoutPort(name).toLowerCase(Locale.ROOT));
        });
        this.known = Set.copyOf(names);
    }

    /// @param host the Host header
    /// @param port that the request came in at
    /// @param named `x-ms-host`; counts only when it is one of ours
    public List<String> candidates(@Nullable String host, int port, @Nullable String named) {
        List<String> candidates = new ArrayList<>();
        if (named != null && known.contains(named.toLowerCase(Locale.ROOT))) {
            candidates.add(named);
        }
        if (host != null) {
            candidates.add(host);
            String bare = withoutPort(host);
            candidates.add(bare.equals(host) ? host + ":" + port : bare);
        }
        known.stream().sorted().forEach(candidates::add);
        return candidates.stream().distinct().toList();
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        boolean port = colon > 0 && host.indexOf(']', colon) < 0;
        return port ? host.substring(0, colon) : host;
    }
}
