/// Host names to addresses without holding up whoever does not ask.
@NullMarked
package io.strowger.runtime.net;

import org.jspecify.annotations.NullMarked;
