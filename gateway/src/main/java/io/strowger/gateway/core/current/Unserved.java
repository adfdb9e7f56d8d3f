package io.strowger.gateway.core.current;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.gateway.core.api.Fields;
import io.strowger.gateway.core.api.Refusal;
import java.util.Map;

/// Parts of requests that the contract has and that cannot be passed over in silence: the caller
/// would wait for what never comes.
final class Unserved {
    private static final Map<String, ApiVersion> OF_CREATE =
            Map.of("teamsAppSource", ApiVersion.V2025_06_15);

    private Unserved() {}

    static void refuseFeaturesOfCreate(ApiVersion version, Fields body) throws Refusal {
        for (Map.Entry<String, ApiVersion> feature : OF_CREATE.entrySet()) {
            if (version.isAtLeast(feature.getValue()) && body.has(feature.getKey())) {
                throw Refusal.unsupported(feature.getKey());
            }
        }
    }
}
