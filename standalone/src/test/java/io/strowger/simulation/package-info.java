/// The whole system on one thread in a time of its own: the decisions of every service as they are,
/// around them a log, a network, phones and receivers that do whatever a seed says. See
/// `docs/reliability.md`.
@NullMarked
package io.strowger.simulation;

import org.jspecify.annotations.NullMarked;
