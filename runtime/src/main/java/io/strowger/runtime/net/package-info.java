/// Which addresses the platform may be sent to.
@NullMarked
package io.strowger.runtime.net;

import org.jspecify.annotations.NullMarked;
