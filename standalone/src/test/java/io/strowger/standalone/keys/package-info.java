/// Tests.
@NullMarked
package io.strowger.standalone.keys;

import org.jspecify.annotations.NullMarked;
