/// Keys that all services of an installation share.
@NullMarked
package io.strowger.runtime.secrets;

import org.jspecify.annotations.NullMarked;
