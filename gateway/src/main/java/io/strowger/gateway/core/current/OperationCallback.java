package io.strowger.gateway.core.current;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.gateway.core.api.Fields;
import io.strowger.gateway.core.api.Refusal;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// `operationCallbackUri`: where the events of one operation go; from 2023-10-15 on.
final class OperationCallback {
    private OperationCallback() {}

    static @Nullable URI read(ApiVersion version, Fields body) throws Refusal {
        return version.isAtLeast(ApiVersion.V2023_10_15)
                ? body.webUri("operationCallbackUri")
                : null;
    }
}
