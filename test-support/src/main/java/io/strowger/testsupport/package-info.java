@NullMarked
package io.strowger.testsupport;

import org.jspecify.annotations.NullMarked;
