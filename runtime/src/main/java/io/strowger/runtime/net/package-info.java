/// Host names to addresses without holding up whoever does not ask, and which addresses the
/// platform may be sent to.
@NullMarked
package io.strowger.runtime.net;

import org.jspecify.annotations.NullMarked;
