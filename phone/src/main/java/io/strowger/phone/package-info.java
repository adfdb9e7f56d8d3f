@NullMarked
package io.strowger.phone;

import org.jspecify.annotations.NullMarked;
