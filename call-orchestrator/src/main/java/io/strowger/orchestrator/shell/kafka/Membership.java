package io.strowger.orchestrator.shell.kafka;

import java.time.Duration;

/// Who this process is among the orchestrators.
///
/// @param instance the same after a restart: its own calls come back to it at once
/// @param session without a word for so long, its calls are given to others
record Membership(String instance, Duration session) {}
