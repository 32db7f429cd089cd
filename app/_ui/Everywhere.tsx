'use client';

import './Button';
import './Say';
import './language';

/**
 * What every page needs to show anything, even that it broke. In the layout it comes once; elsewhere each page, and each
 * thing that may take a page's place, would bring its own copy.
 */
export const Everywhere = () => null;
