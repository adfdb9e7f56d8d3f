package io.strowger.worker.shell.call;

import io.strowger.runtime.telemetry.Spans;
import io.strowger.worker.core.media.MediaEngine;
import io.strowger.worker.core.sip.SipWire;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// What a call acts on.
///
/// @param steadyNs a clock that never jumps
/// @param random for tags and Call-IDs; safe for use by many threads, hard to guess
record CallPorts(
        SipWire wire,
        MediaEngine engine,
        ReportSink reports,
        CallThreads threads,
        InstantSource clock,
        LongSupplier steadyNs,
        RandomGenerator random,
        Spans spans) {}
