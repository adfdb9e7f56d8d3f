package io.strowger.orchestrator.core.call;

import io.strowger.contracts.id.CallConnectionId;
import io.strowger.contracts.id.LegId;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// A connection is told every key of a leg (continuous DTMF).
public record Listening(
        LegId leg,
        CallConnectionId connection,
        @Nullable String operationContext,
        @Nullable URI callbackUri) {}
