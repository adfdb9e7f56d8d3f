@NullMarked
package io.strowger.gateway;

import org.jspecify.annotations.NullMarked;
