/// Which event is tried when: lanes, retries, what waits in memory and what waits in the log. Pure
/// and single-threaded; inputs are calls with the time as an argument, outputs are [Effect]s.
@NullMarked
package io.strowger.dispatcher.core.delivery;

import org.jspecify.annotations.NullMarked;
