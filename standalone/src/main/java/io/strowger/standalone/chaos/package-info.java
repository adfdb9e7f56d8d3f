/// Faults on purpose: calls in every state on services and brokers in processes of their own, which
/// are killed, and a table of what became of the calls. Behind `strowger chaos`.
@NullMarked
package io.strowger.standalone.chaos;

import org.jspecify.annotations.NullMarked;
