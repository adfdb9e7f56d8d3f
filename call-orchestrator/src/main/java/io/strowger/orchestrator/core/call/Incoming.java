package io.strowger.orchestrator.core.call;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.media.MediaEvent.LegOffered;
import java.net.URI;
import java.time.Instant;

/// A call to an application that it has not answered, passed on or refused yet.
///
/// @param offer who calls
/// @param to whom by now: another than was called when it was passed on
/// @param url where the application was told
/// @param expiresAt until when it may answer
public record Incoming(LegOffered offer, Identifier to, URI url, Instant expiresAt) {}
