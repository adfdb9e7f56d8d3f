package io.strowger.gateway.shell.http;

import io.strowger.contracts.id.CallIds;
import io.strowger.gateway.core.pace.CallPace;
import io.strowger.gateway.shell.CallCommands;
import io.strowger.runtime.jwt.BearerTokens;
import io.strowger.runtime.lifecycle.ServiceContext;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What every event loop's server is made from.
///
/// @param accessKeys that count now; asked at each request
/// @param resourceHosts names that a signature may have besides the `Host` header
/// @param pace of ringing people, of all event loops together
/// @param certificate null: no https
/// @param further mounts more routes, once for each event loop
/// @param content where the recording-service serves recordings
record HttpParts(
        ServiceContext context,
        CallCommands commands,
        Supplier<List<byte[]>> accessKeys,
        BearerTokens tokens,
        CallIds ids,
        HttpLimits limits,
        List<String> resourceHosts,
        AuthRefusals authRefusals,
        CallPace pace,
        @Nullable PemKeyCertOptions certificate,
        Consumer<Router> further,
        Supplier<Optional<URI>> content) {}
