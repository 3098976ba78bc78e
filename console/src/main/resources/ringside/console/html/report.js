'use strict';
(function () {
  var pages = Array.prototype.slice.call(document.querySelectorAll('.page'));
  var links = Array.prototype.slice.call(document.querySelectorAll('nav a'));
  var filter = document.getElementById('filter');
  var rows = Array.prototype.slice.call(document.querySelectorAll('#states tbody tr'));
  var current = 0;

  function show(index) {
    current = index;
    pages.forEach(function (page, i) { page.hidden = i !== index; });
    links.forEach(function (link, i) {
      if (i === index) { link.setAttribute('aria-current', 'page'); } else { link.removeAttribute('aria-current'); }
    });
  }

  function go() {
    var target = document.getElementById(location.hash.slice(1)) || pages[0];
    var page = target.closest('.page') || pages[0];
    show(pages.indexOf(page));
    if (target.tagName === 'DETAILS') {
      target.open = true;
      target.querySelector('summary').focus({preventScroll: true});
      target.scrollIntoView();
    } else {
      window.scrollTo(0, 0);
    }
  }

  function turn(index) {
    if (index >= 0 && index < pages.length) {
      show(index);
      location.hash = pages[index].id;
      links[index].focus({preventScroll: true});
    }
  }

  function step(by) {
    var items = Array.prototype.filter.call(pages[current].querySelectorAll('[data-item]'), function (item) {
      return item.getClientRects().length > 0;
    });
    var at = items.indexOf(document.activeElement);
    var next = at < 0 ? (by > 0 ? 0 : items.length - 1) : at + by;
    if (items[next]) {
      items[next].focus();
      items[next].scrollIntoView({block: 'nearest'});
    }
  }

  function sift() {
    var words = filter.value.toLowerCase().split(/\s+/);
    var count = 0;
    rows.forEach(function (row) {
      var text = row.textContent.toLowerCase();
      row.hidden = !words.every(function (word) { return text.indexOf(word) >= 0; });
      count += row.hidden ? 0 : 1;
    });
    document.getElementById('shown').textContent = count + ' of ' + rows.length;
  }

  document.addEventListener('keydown', function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey) { return; }
    if (event.target === filter) {
      if (event.key === 'Escape') { filter.value = ''; sift(); filter.blur(); event.preventDefault(); }
      if (event.key === 'Enter' || event.key === 'ArrowDown') { filter.blur(); step(1); event.preventDefault(); }
      return;
    }
    if (/^[1-9]$/.test(event.key)) { turn(Number(event.key) - 1);
    } else if (event.key === 'ArrowRight') { turn(current + 1);
    } else if (event.key === 'ArrowLeft') { turn(current - 1);
    } else if (event.key === 'j') { step(1);
    } else if (event.key === 'k') { step(-1);
    } else if (event.key === '/') { turn(0); filter.focus();
    } else { return; }
    event.preventDefault();
  });
  filter.parentNode.hidden = false;
  filter.addEventListener('input', sift);
  window.addEventListener('hashchange', go);
  sift();
  go();
}());
