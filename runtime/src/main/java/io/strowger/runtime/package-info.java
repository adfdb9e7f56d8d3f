/// Parts of a service's shell that know nothing of calls.
@NullMarked
package io.strowger.runtime;

import org.jspecify.annotations.NullMarked;
